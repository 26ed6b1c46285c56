import { createElement, Fragment } from 'react';
import { useTranslations } from 'use-intl';
import { MenuItem, MenuLine, OpenMenu } from '../../components/ui/menu';
import { actionIcons } from './action-icons';
import type { MessageAction } from './use-message-actions';

interface MessageMenuProps {
  actions: readonly MessageAction[];
  byKeyboard: boolean;
  onClose: () => void;
  onClosed: () => void;
}

/** Everything that can be done with a message. */
export function MessageMenu({ actions, byKeyboard, onClose, onClosed }: MessageMenuProps) {
  const t = useTranslations('messages');
  return (
    <OpenMenu label={t('actions')} byKeyboard={byKeyboard} onClose={onClose} onClosed={onClosed}>
      {actions.map(({ name, label, danger, run }) => (
        <Fragment key={name}>
          {danger ? <MenuLine /> : null}
          <MenuItem danger={danger} onSelect={run}>
            {createElement(actionIcons[name], { className: 'size-4', 'aria-hidden': true })}
            {label}
          </MenuItem>
        </Fragment>
      ))}
    </OpenMenu>
  );
}
