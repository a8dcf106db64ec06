"""Recognise and map a supplier's columns; remembered profiles."""
