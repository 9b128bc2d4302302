"""Files and words that support a judgement: how they come in, what is taken out of them, where and how long they lie.

Nothing is taken because of its name, nothing is kept that tells where somebody was, and nothing can be opened by
whoever merely knows an address.
"""
