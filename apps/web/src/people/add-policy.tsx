import type { AddPolicy, Conversation } from '@koreromai/contract';
import { useClient } from '../session/session.tsx';
import { createCommand } from '../ui/command.ts';
import { Select } from '../ui/select.tsx';
import { t } from './words.ts';

const policies = [
  { value: 'owner', text: 'onlyI' },
  { value: 'admins', text: 'iAndAdmins' },
  { value: 'members', text: 'everybodyInIt' },
] as const satisfies readonly { value: AddPolicy; text: string }[];

/** For the owner: who renames the group and adds people. */
export function AddPolicyChoice(props: { conversation: Conversation }) {
  const client = useClient();
  const { run } = createCommand((addPolicy: AddPolicy) => client.updateConversation({ conversationId: props.conversation.id, addPolicy }));
  return (
    <Select
      label={t('addPolicy')}
      value={props.conversation.addPolicy}
      options={policies.map(({ value, text }) => ({ value, text: t(text) }))}
      onChoose={(policy) => void run(policy)}
    />
  );
}
