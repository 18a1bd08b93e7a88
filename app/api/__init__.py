"""The HTTP API: one module a lab, beside QR codes, health checks and error responses."""
