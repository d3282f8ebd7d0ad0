def test_benchmark_is_listed():
    assert True
