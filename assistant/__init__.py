"""Disclosure-reply assistant: outcome, law, letter and checks for 政府信息公开申请."""

__version__ = "0.1.0"
