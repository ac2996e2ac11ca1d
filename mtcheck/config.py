"""Settings of a checker; an unknown key is an error that names the nearest one."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from mtcheck.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How to check. Nothing here changes a result but ``encoder``, ``disable`` and ``date``.

    Attributes:
        encoder: Name on a model hub, or folder, of another encoder; ``None`` = the packaged one.
        allow_network: Let ``encoder`` be fetched. Without it nothing touches the network.
        disable: Codes or names of rules to leave out.
        date: Day of the article, for terms of a termbase that are valid from or to a day;
            ``None`` = every day will do. No clock is asked.
        threads: Batches encoded side by side; ``None`` = as many as torch would use.
        batch_pieces: Most word pieces in one forward pass of the encoder.
    """

    encoder: str | None = None
    allow_network: bool = False
    disable: tuple[str, ...] = ()
    date: datetime.date | None = None
    threads: int | None = None
    batch_pieces: int = 1024

    def __post_init__(self) -> None:
        if self.threads is not None and self.threads < 1:
            raise ConfigError(f"threads must be 1 or more, not {self.threads}")
        if self.batch_pieces < 1:
            raise ConfigError(f"batch_pieces must be 1 or more, not {self.batch_pieces}")

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Config:
        """Settings from a mapping, such as a TOML table.

        Raises:
            ConfigError: A key that does not exist, or a value of the wrong kind.
        """
        kinds: dict[str, tuple[type, ...]] = {
            "encoder": (str, type(None)),
            "allow_network": (bool,),
            "disable": (list, tuple),
            "date": (str, datetime.date, type(None)),
            "threads": (int, type(None)),
            "batch_pieces": (int,),
        }
        known = [field.name for field in fields(cls)]
        settings = dict(values)
        for key, value in values.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise ConfigError(f"unknown setting {key!r}{hint}")
            if not isinstance(value, kinds[key]):
                raise ConfigError(f"setting {key!r} cannot be {value!r}")
        if isinstance(values.get("date"), str):
            try:
                settings["date"] = datetime.date.fromisoformat(values["date"])
            except ValueError:
                raise ConfigError(
                    f"date is {values['date']!r}: write a day such as 2024-10-21"
                ) from None
        settings["disable"] = tuple(map(str, values.get("disable", ())))
        return cls(**settings)
