def bad(:
  import