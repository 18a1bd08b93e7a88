"""HTTP serving: response cache, compression, JSON, computing threads, background jobs, headers, files."""
