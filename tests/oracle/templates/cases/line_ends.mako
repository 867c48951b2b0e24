"""${message}
% if message:
   % for letter in message[:2]:
       ${letter}\
   % endfor

% endif
   ## indented comment
a ## no comment
a % if no control line
\\
\
joined
${
    ("over " +
    "lines")
}
${dict(a={"b": "}"})["a"]["b"]} ${"|" | n} ${'a' 'b'} ${f"{message}!"} ${[n for n in range(3)]}
${"x" if "}" in "}" else "y"}
"""
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
