"""What a log may say about an error: its kind and place. Its message and its variables may hold
what a person wrote, or their telephone number."""

from pathlib import Path

from config import HERE


def place(error: BaseException) -> str:
    """The deepest line of our own code that the error passed through; empty when there is none."""
    found, trace = "", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(HERE / "participation"):
            found = f"{path.relative_to(HERE)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
