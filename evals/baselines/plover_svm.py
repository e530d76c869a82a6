"""The usual baseline for the PLOVER benchmark: TF-IDF of words and word pairs, a linear SVM, the participants masked.

After Pedregosa et al. 2011 (scikit-learn); the participants' own words become SOURCE and TARGET, so that no name is learned.
"""

from __future__ import annotations

from collections.abc import Sequence


def masked(text: str, source: Sequence[Sequence[int]], target: Sequence[Sequence[int]]) -> str:
    """The text with each span of the participants replaced by a word for its role."""
    marks = sorted([(s, e, "SOURCE") for s, e in source] + [(s, e, "TARGET") for s, e in target], reverse=True)
    end = len(text)
    for start, stop, word in marks:
        if stop <= end:
            text = f"{text[:start]} {word} {text[stop:]}"
            end = start
    return text


def predict(train: Sequence[str], roots: Sequence[str], test: Sequence[str]) -> list[str]:
    """The root of each masked text of `test`, learned from those of `train`."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    features = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1)
    model = make_pipeline(features, LinearSVC(C=1.0, class_weight="balanced"))
    model.fit(list(train), list(roots))
    return [str(root) for root in model.predict(list(test))]
