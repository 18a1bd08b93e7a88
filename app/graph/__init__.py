"""Small computation graphs of numbers: operations, formulas read into graphs, and reverse mode on them.

Values are float64 scalars, or arrays of them where many graphs run at once; what is not finite stays so.
"""
