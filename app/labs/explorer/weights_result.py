"""Result model of /api/weights: what a file of weights holds, and the same as parameters of the explorer."""

from typing import Literal

from ..results import Part, Value, field, tensor


class FileArray(Part):
    """An array of the file, and what becomes of it."""

    names: list[str] = tensor("N", "its names in the file")
    shape: list[int] = tensor("A", "its shape in the file, by axis")
    fills: Literal["Wx", "Wh", "b", "bh", "Wy", "by", "h0", "c0"] = field(
        "The array of the explorer that it fills."
    )
    blocks: list[str] = tensor("G", "the gates whose blocks of the array are meant; empty for all of it")
    row: int | None = field("The row that is meant of two biases in one array, 1 or 2; null for all of it.")
    transposed: bool = field("Whether rows become columns.")
    order: list[str] = tensor("G", "the gates in the order in which the file has them; empty for the readout")
    negated: list[str] = tensor(
        "N", "the gates whose sign changes: z of a gru keeps the old state there, and admits the new one here"
    )


class Misreading(Part):
    """What overlooking one convention of the framework would cost, over 24 symbols that are drawn by lot."""

    what: Literal["order", "z", "reset", "bias"] = field(
        "order: the gates as the file has them; z: z with the other sense; reset: the reset gate on the "
        "other side of the product with the state; bias: only the bias of the input's product."
    )
    states: Value = field("The largest error of a hidden state.")
    gradients: Value = field("The relative error of the gradients of all hidden states.")


class WeightsFile(Part):
    """The network in a file."""

    framework: str = field("The framework whose layout it has.", examples=["PyTorch"])
    layer: str = field("The layer or cell, as the framework calls it.", examples=["nn.GRU"])
    assumed: list[str] = tensor(
        "N",
        "what arrays alone leave open and is assumed. activation: tanh, of an rnn; gates: tanh, and sigmoid "
        "for the gates; direction: forwards; readout: linear, and nothing between it and the state",
    )
    noted: list[str] = tensor(
        "N",
        "parameters that the file says beside its arrays, because this program has written it: activation, "
        "unit, vocabulary",
    )
    symbols: int = field("V, the number of symbols that the network reads and predicts.")
    precision: Literal["float64", "float32", "float16", "bfloat16"] = field(
        "The coarsest number format among its arrays."
    )
    arrays: list[FileArray] = field("All arrays of the file.")
    params: dict[str, str] = field(
        "The network as query parameters of /api/bptt; text and vocabulary are to be added. The unit is "
        "among them if the file says it."
    )
    vocabulary: str | None = field(
        "Its symbols in order, as the parameter of /api/bptt: those of the request or the file, or "
        "as many as it has of the text or the letters; null if they are not known, empty for numbers."
    )
    fits_a_link: bool = field(
        "Whether this server takes a link with these weights: they have at most 20,000 characters."
    )
    exact: bool = field(
        "Whether the parameters have the numbers exactly as they were read. If not, they are rounded to "
        "float32, since the exact ones are too long for a link."
    )
    link_length: int = field(
        "How many characters the parameters take in a link. Other programs may refuse more than 2,000, and a "
        "QR code holds no more."
    )
    misread: list[Misreading] = field(
        "Conventions of this file that could be overlooked, and what that would cost."
    )
