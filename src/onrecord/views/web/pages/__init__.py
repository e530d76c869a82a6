"""The pages: one module for each, with `add(router, site)`."""
