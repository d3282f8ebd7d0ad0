from setuptools import setup

setup(name="shop-batch", install_requires=["shop-core @ git+https://git.example.org/shop/core.git"])
