"""Small computation graphs of scalars: operations, a formula parser, and automatic differentiation.

Values are float64 scalars, or arrays of them where many graphs run at once. Overflow and NaN propagate.
"""
