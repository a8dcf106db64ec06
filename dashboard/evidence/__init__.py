"""Documents made of Findings: blocks in, bytes out."""
