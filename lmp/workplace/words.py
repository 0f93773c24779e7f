"""What is known of a mail to the mentor, in words."""

from lmp.core.messages import N_, Message
from lmp.workplace.service.sendings import Post

POSTS: dict[Post, Message] = {
    Post.WAITING: Message(N_("leaves in a moment")),
    Post.HANDED_OVER: Message(N_("handed to the mail server; whether it arrived nobody can know")),
    Post.FAILED: Message(N_("the mail server refused it; correct the address")),
    Post.KEPT: Message(N_("kept in the outbox; this installation sends no mail")),
    Post.UNKNOWN: Message(N_("not known any more")),
}
