"""What every engine offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

Context = TypeVar("Context")
Context_co = TypeVar("Context_co", covariant=True)
Kept = TypeVar("Kept")
Sent = TypeVar("Sent")
Result = TypeVar("Result")


class Session(Protocol[Context_co]):
    """Workers that are ready; each has a context of its own, opened once."""

    def call(self, function: Callable[[Context_co], Result]) -> Result:
        """Call a function with the context of one worker."""

    def map(
        self, function: Callable[[Context_co, Sent], Result], items: Iterable[tuple[Kept, Sent]]
    ) -> Iterator[tuple[Kept, Result]]:
        """Call a function with each item, on whichever worker is free; yield the results in the items' order.

        Items are taken only a few ahead of the results, so memory does not grow with their number.

        Parameters
        ----------
        function
            Where there are several workers, a function that can be found by its name, or a partial of one.
        items
            Each in two parts: what stays here and comes back beside the result, and what is sent.

        Raises
        ------
        Exception
            What the function raised, when its item's turn comes.
        """


class BatchEngine(Protocol):
    """A way of getting chunks of work done."""

    @property
    def workers(self) -> int:
        """How many work at once."""

    def session(self, open_context: Callable[[], Context]) -> AbstractContextManager[Session[Context]]:
        """Start the workers for a ``with`` block; none is left when it ends, however it ends.

        Parameters
        ----------
        open_context
            Called once by each worker, before its first item: nothing opened is sent between processes.
        """
