"""Scripts that build tables of the package from public libraries."""
