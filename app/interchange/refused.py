"""Why a file or a set of arrays cannot be taken: a code of the message catalogues, and the name at fault."""


class Refused(ValueError):
    """These weights cannot be shown here.

    ``code`` is one of those under ``file_errors`` in the message catalogues, ``name`` the array, layer or
    setting that is the reason, as the file calls it, and ``limit`` the bound that it exceeds
    or the choices that there are. ``subject`` is the layer that has the setting.
    """

    def __init__(
        self, code: str, name: object = "", limit: float | str | None = None, subject: str = ""
    ) -> None:
        super().__init__(f"{code}: {name}" if name != "" else code)
        self.code, self.name, self.limit, self.subject = code, str(name), limit, subject

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.code, self.name, self.limit, self.subject)
