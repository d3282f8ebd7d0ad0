def sessions(:
    return [
