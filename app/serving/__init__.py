"""What stands between HTTP and the labs: JSON, computing threads, headers, files."""
