#!/usr/bin/env python3
import pandas as pd  # ok: run by a person, loaded by nothing


def main():
    print(pd.read_csv("sizes.csv").describe())


if __name__ == "__main__":
    main()
