import { ChevronLeft, ChevronRight, LogOut, ShieldCheck, UserCog } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { IconButton } from '../../components/ui/icon-button';
import { LinkRow, RowBody } from '../../components/ui/list-row';
import { Segmented } from '../../components/ui/segmented';
import { version } from '../../lib/env';
import { navigate, navigateToList } from '../../lib/navigate';
import { useHasNews } from '../security/notice-store';
import { useMe } from '../session/session-store';
import { AlertsSetting } from './alerts-setting';
import { LanguageSelect } from './language-select';
import { Logout } from './logout';
import { usePreferences } from './preferences-store';

export function SettingsPage() {
  const t = useTranslations();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header className="flex min-h-15 shrink-0 items-center gap-1 border-b border-line px-1 desk:px-5">
        <IconButton label={t('conversation.backToList')} onClick={navigateToList} className="tip-start desk:hidden">
          <ChevronLeft className="size-6 rtl:rotate-180" aria-hidden="true" />
        </IconButton>
        <h1 ref={heading} tabIndex={-1} className="text-lg font-[650] tracking-tight outline-none">
          {t('settings.title')}
        </h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-xl flex-col gap-8 px-4 py-6 pb-[max(2rem,env(safe-area-inset-bottom))] desk:px-8">
          <Account />
          <Security />
          <Appearance />
          <Writing />
          <Section title={t('settings.alerts')}>
            <AlertsSetting />
          </Section>
          <p className="text-xs text-faint">{t('settings.version', { version })}</p>
        </div>
      </div>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-4">
      <h2 className="text-md font-[650]">{title}</h2>
      {children}
    </section>
  );
}

/** A name for a choice; the choice itself carries its own label. */
function Choice({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-2">
      <span className="text-sm text-soft" aria-hidden="true">
        {label}
      </span>
      {children}
      {hint ? <p className="text-sm text-soft">{hint}</p> : null}
    </div>
  );
}

function Account() {
  const t = useTranslations('settings');
  const me = useMe();
  if (!me) return null;
  return (
    <Section title={t('account')}>
      <div className="flex items-center gap-3 max-desk:flex-wrap">
        <Avatar id={me.id} name={me.name} size="xl" />
        <div className="min-w-0 flex-1">
          <bdi className="block truncate text-lg font-[620]">{me.name}</bdi>
          <p className="truncate text-sm text-soft">{me.email}</p>
          {me.role === 'owner' ? <p className="text-sm text-soft">{t('serverOwner')}</p> : null}
          {me.role === 'admin' ? <p className="text-sm text-soft">{t('serverAdmin')}</p> : null}
        </div>
        <Logout icon={<LogOut className="size-4.5" aria-hidden="true" />} />
      </div>
      {me.role === 'member' ? null : <ToAdministration />}
    </Section>
  );
}

/** A row that leads to a page of its own. */
function Way({ href, icon, title, below, news = false }: WayProps) {
  return (
    <LinkRow
      href={href}
      onOpen={() => navigate(href)}
      className="min-h-15 border border-line bg-raised px-4 shadow-low"
    >
      <RowBody
        avatar={icon}
        title={title}
        below={below}
        mark={news ? <span className="m-1 block size-2.5 rounded-full bg-accent" /> : null}
      />
      <ChevronRight className="size-5 shrink-0 text-soft rtl:rotate-180" aria-hidden="true" />
    </LinkRow>
  );
}

interface WayProps {
  href: string;
  icon: ReactNode;
  title: string;
  below: ReactNode;
  news?: boolean;
}

/** Only the way: what each may there is decided by the server with every act. */
function ToAdministration() {
  const t = useTranslations('settings');
  return (
    <Way
      href="/admin"
      icon={<UserCog className="size-5 shrink-0 text-soft" aria-hidden="true" />}
      title={t('administration')}
      below={t('administrationHint')}
    />
  );
}

function Security() {
  const t = useTranslations('settings');
  const news = useHasNews();
  return (
    <Section title={t('security')}>
      <Way
        href="/settings/security"
        icon={<ShieldCheck className="size-5 shrink-0 text-soft" aria-hidden="true" />}
        title={t('securityHint')}
        below={news ? <span className="text-ink">{t('securityNews')}</span> : null}
        news={news}
      />
    </Section>
  );
}

function Appearance() {
  const t = useTranslations('settings');
  const { theme = 'system', setTheme } = useTheme();
  return (
    <Section title={t('appearance')}>
      <Choice label={t('theme')}>
        <Segmented
          label={t('theme')}
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'system', text: t('themeSystem') },
            { value: 'light', text: t('themeLight') },
            { value: 'dark', text: t('themeDark') },
          ]}
        />
      </Choice>
      <Choice label={t('language')}>
        <LanguageSelect />
      </Choice>
    </Section>
  );
}

function Writing() {
  const t = useTranslations('settings');
  const { sendWith, set } = usePreferences();
  return (
    <Section title={t('writing')}>
      <Choice label={t('sendWith')} hint={t('sendHint')}>
        <Segmented
          label={t('sendWith')}
          value={sendWith}
          onChange={(value) => set({ sendWith: value })}
          options={[
            { value: 'enter', text: t('sendEnter') },
            { value: 'ctrl-enter', text: t('sendCtrlEnter') },
          ]}
        />
      </Choice>
    </Section>
  );
}
