"""Demo data, made by the platform's own acts: 九江市 with 瑞昌 and 共青城. People and firms are invented."""


def fill() -> None:
    """Make the demo data where it is missing."""


def greeting(port: int, seconds: float) -> str:
    """Return what to open and how to sign in."""
    return f"小二 Xiaoer: http://127.0.0.1:{port}/  (set up in {seconds:.0f} s)\n"
