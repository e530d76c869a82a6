"""Documents that carry one text become one report with its origin."""
