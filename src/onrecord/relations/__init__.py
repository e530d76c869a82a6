"""What holds between lines: denials and answers, events told more than once, stories."""
