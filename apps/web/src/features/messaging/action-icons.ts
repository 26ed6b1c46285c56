import { Copy, Link2, MailOpen, Pencil, Trash2, type LucideIcon } from 'lucide-react';
import type { MessageAction } from './use-message-actions';

export const actionIcons: Record<MessageAction['name'], LucideIcon> = {
  edit: Pencil,
  copyText: Copy,
  copyLink: Link2,
  markUnread: MailOpen,
  remove: Trash2,
};
