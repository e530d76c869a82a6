"""Other systems on the same benchmarks, run beside ours."""
