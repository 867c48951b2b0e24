"""Types of other packages in annotations, of which nothing is known but the name."""
from typing import Annotated, List, Optional, Sequence, Union, get_args, get_origin

from messages.types import Answer, Question

both = Union[Question, Answer]
assert len(get_args(both)) == 2
assert len(get_args(Optional[Question])) == 2 and get_args(Optional[Question])[1] is type(None)
assert len(get_args(Question | None)) == 2 and get_args(None | Question)[0] is type(None)
assert len(get_args(int | Question)) == 2
assert len(get_args(Optional[List[Union[Question, Answer]]])) == 2
assert len(get_args(Question | None | int)) == 3
assert get_origin(Annotated[Question, 1]) is Annotated
assert get_origin(Question) is None and get_args(Question) == ()
assert len(get_args(Sequence[Question])) == 1
