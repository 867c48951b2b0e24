## a comment of the template
<%!
    import re
    from datetime import datetime

    def quoted(text):
        return '"' + text + '"'
%>\
"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Year: ${create_date.year} ${create_date.strftime("%Y")} ${"%04d" % create_date.year}
Team: ${team | trim} ${shout(message)} ${number + 1} ${team | h} ${"a b/c" | u}
% for ticket in tickets:
Ticket ${loop.index}: ${ticket}${"" if loop.last else ","}
  % if loop.first:
  the first
  % endif
% endfor
% if len(tickets) > 1:
Several tickets \
and more.
% elif tickets:
One.
% else:
None.
% endif
% for key, value in sorted(options.items()):
${key}=${value}
% endfor
Url: ${config.get_main_option("sqlalchemy.url")}
Section: ${config.config_ini_section} ${config.get_main_option("nothing", "else")}
Quoted: ${message | quoted} ${re.sub("[aeiou]", "_", message)}
%% percent and a \ in a line
${header("x")}
<%def name="header(name)">== ${name} ==</%def>
<%def name="twice(text)" filter="trim">
   ${text} ${text}
</%def>
${twice("again")}
<%
    words = message.split()
    count = len(words)
    if count > 2:
        kind = "long"
    else:
        kind = "short"
%>
Words: ${count} ${kind} ${", ".join(word.title() for word in words)}
% if not context.get("nothing", None):
nothing
% endif
% while count > 0:
<% count -= 1 %>${count}
% endwhile
% try:
${int("x")}
% except ValueError:
no number
% endtry
<%text>${as it is} ## not a comment</%text>
<%doc>
  left out ${nothing}
</%doc>
"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
