import matplotlib.pyplot as plt  # ok: the file is loaded under a condition


def chart():
    return plt.figure()
