def devices(:
    return [
