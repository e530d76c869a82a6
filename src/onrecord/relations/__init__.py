"""What holds between lines: denials and answers, repetitions and positions, events told more than once, stories."""

#: The rules of `within`, `matches` and `across`; raised when they change, so that a record says what drew its relations.
RELATIONS_VERSION = "relations-3"
