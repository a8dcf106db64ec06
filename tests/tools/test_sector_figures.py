"""The script that makes the shipped quartiles: the same workbooks give the same bytes."""

from __future__ import annotations

from sector_workbook import NEW, OLD, made

from tools.sector_figures import main


def test_the_same_workbooks_give_the_same_file_in_any_order(tmp_path, capsys):
    old, new = str(made(tmp_path, OLD)), str(made(tmp_path, NEW))
    main([old, new, "--to", str(tmp_path / "one.csv")])
    main([new, old, "--to", str(tmp_path / "two.csv")])
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    lines = (tmp_path / "one.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "year,tenure_group,cut,group,measure,n,lower,median,upper"
    assert any(line.startswith("2024/25,LCRA,all,all,TP01,14,") for line in lines)
    assert "2023/24, 2024/25" in capsys.readouterr().out
