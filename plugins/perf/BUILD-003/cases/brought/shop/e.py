print('e')
