"""How the contents of two statements stand to each other: the trained pair classifier.

classifier = PairClassifier.load()
[verdict] = classifier.judge([(earlier, later)])
"""

from onrecord.relations.pairs.classifier import PairClassifier
from onrecord.relations.pairs.types import Meaning, Name, Saying, Verdict

__all__ = ["Meaning", "Name", "PairClassifier", "Saying", "Verdict"]
