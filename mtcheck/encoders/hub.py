"""Any other encoder by hub name or folder, through transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from transformers import AutoModel, AutoTokenizer

from mtcheck.encoders.base import EncodedText, kept_layers
from mtcheck.encoders.bert import WINDOW, encode_ids
from mtcheck.errors import ModelError


class HubEncoder:
    """A transformers encoder such as LaBSE, XLM-R or mBERT.

    Args:
        name: Folder with a saved model, or its name on the hub.
        allow_network: Let the hub be asked; otherwise only what is on this machine is read.
        revision: Commit of the hub model; ``None`` = what is there.
        threads: Batches encoded side by side; ``None`` takes torch's setting.
        batch_pieces: Most pieces in one forward pass. Changes speed, never the result.

    Raises:
        ModelError: No such model here, or not an encoder with a fast tokenizer.
    """

    def __init__(
        self,
        name: str,
        *,
        allow_network: bool = False,
        revision: str | None = None,
        threads: int | None = None,
        batch_pieces: int = 1024,
    ) -> None:
        options: dict[str, Any] = {"local_files_only": not allow_network, "revision": revision}
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True, **options)
            self.model = AutoModel.from_pretrained(name, use_safetensors=True, **options)
        except (OSError, ValueError, SafetensorError) as error:
            where = "" if allow_network else " on this machine (allow_network lets it be fetched)"
            raise ModelError(f"no usable encoder {name!r}{where}: {_first_line(error)}") from error
        self.model.eval().requires_grad_(False)
        config = self.model.config
        ends = (
            _first_of(self._tokenizer.cls_token_id, self._tokenizer.bos_token_id),
            _first_of(self._tokenizer.sep_token_id, self._tokenizer.eos_token_id),
            _first_of(self._tokenizer.pad_token_id),
        )
        if not self._tokenizer.is_fast or any(end is None for end in ends):
            raise ModelError(
                f"{name!r} is no encoder with a fast tokenizer and first, last and padding pieces"
            )
        self._ends = tuple(int(end) for end in ends if end is not None)
        self._name = f"{Path(name).name}@{getattr(config, '_commit_hash', None) or 'local'}"
        self.layers = kept_layers(config.num_hidden_layers)
        self._width = int(config.hidden_size)
        longest = int(getattr(config, "max_position_embeddings", WINDOW + 4)) - 4
        self._window = min(WINDOW, longest)
        self._threads = threads or torch.get_num_threads()
        self._batch_pieces = batch_pieces

    @property
    def name(self) -> str:
        """Name and revision of the weights."""
        return self._name

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """States of each text; a text longer than the window is read in overlapping windows."""
        if not texts:
            return []
        batch = self._tokenizer(
            list(texts),
            add_special_tokens=False,
            return_offsets_mapping=True,
            return_attention_mask=False,
            verbose=False,
        )
        ids = [np.array(row, dtype=np.int64) for row in batch["input_ids"]]
        first, last, padding = self._ends
        states = encode_ids(
            ids,
            self._forward,
            ends=(first, last, padding),
            window=self._window,
            n_layers=len(self.layers),
            width=self._width,
            threads=self._threads,
            batch_pieces=self._batch_pieces,
        )
        return [
            EncodedText(
                offsets=np.array(offsets, dtype=np.int32).reshape(-1, 2),
                states=state,
                layers=self.layers,
            )
            for offsets, state in zip(batch["offset_mapping"], states, strict=True)
        ]

    def _forward(self, ids: torch.Tensor, mask: torch.Tensor) -> Sequence[torch.Tensor]:
        output = self.model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        return [output.hidden_states[layer] for layer in self.layers]


def _first_of(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
