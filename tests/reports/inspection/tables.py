"""Tables as the file reader hands them over."""

from asn_eval.tables import Row, Table


def table(header: str, *lines: list[object], notes: tuple[str, ...] = ()) -> Table:
    """A table whose header is split at spaces and whose first line of data stands in row 2."""
    names = tuple(header.split())
    return Table(names, tuple(Row(number, tuple(line)) for number, line in enumerate(lines, 2)), notes)


def places(result: dict[str, object]) -> list[tuple[int, str, object]]:
    """Row, column and value of every problem."""
    return [(problem.row, problem.column, problem.value) for problem in result["problems"]]
