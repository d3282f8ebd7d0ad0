def orders(:
    return [
