"""The word pieces a library in Latin and Han scripts needs, and the tokenizer over them.

A piece is kept when every character of it is Latin (with any diacritic), Han, kana, bopomofo,
a digit, punctuation or a symbol. Segmentation chooses the likeliest sequence of pieces, so text
in those characters is cut exactly as with the full table. Pieces of one character are kept in
every script: other scripts fall into characters, not into unknown words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from index.packed_weights import PackedModel
from index.unigram import SPACE_MARK, UNKNOWN_ID

START_ID, END_ID = 0, 2
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_KEPT_SCRIPTS = ("LATIN", "CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "BOPOMOFO")


def kept_ids(pieces: Sequence[str]) -> list[int]:
    """Ids of the pieces to keep, in their order, so that a kept piece's new id is its position."""
    known: dict[str, bool] = {}
    return [number for number, piece in enumerate(pieces) if _is_kept(piece, known)]


def write_tokenizer(model: PackedModel, ids: Sequence[int], path: Path) -> None:
    """Write `tokenizer.json` for the pieces at `ids`, in the form of XLM-RoBERTa's tokenizer."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = [(model.pieces[i], float(model.scores[i])) for i in ids]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN_ID, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE_MARK)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", START_ID), ("</s>", END_ID)],
    )
    tokenizer.add_special_tokens(list(SPECIAL_PIECES))
    tokenizer.save(str(path))


def _is_kept(piece: str, known: dict[str, bool]) -> bool:
    characters = piece.replace(SPACE_MARK, "")
    if len(characters) <= 1 or piece in SPECIAL_PIECES:
        return True
    for character in characters:
        if character not in known:
            known[character] = _is_kept_character(character)
    return all(known[character] for character in characters)


def _is_kept_character(character: str) -> bool:
    if unicodedata.category(character)[0] not in "LM":
        return True
    return unicodedata.name(character, "").startswith(_KEPT_SCRIPTS)
