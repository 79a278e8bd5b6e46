"""Whether the service takes requests: not while it starts, not once it is told to end."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What ``/readyz`` tells a load balancer."""

    LOADING = "loading"
    READY = "ready"
    DRAINING = "draining"


class Lifecycle:
    """The state of one running service. Requests are answered in every state; ``/readyz`` says whether to send more."""

    def __init__(self) -> None:
        self.state = State.LOADING

    @property
    def draining(self) -> bool:
        """Whether the service is about to end: answers then close their connections."""
        return self.state is State.DRAINING
