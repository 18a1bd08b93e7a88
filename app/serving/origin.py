"""The address of this site as others reach it: BPTT_PUBLIC_URL, or scheme and Host of the request."""

from starlette.requests import Request


def origin(request: Request) -> str:
    """Such as https://bptt.example. Of forwarded headers the server reads only those of trusted proxies."""
    public: str = request.app.state.settings.public_url
    return public or f"{request.url.scheme}://{request.url.netloc}"
