import type { AddPolicy, Conversation } from '@koreromai/contract';
import { useClient } from '../session/session.tsx';
import { createCommand } from '../ui/command.ts';
import { Select } from '../ui/select.tsx';

const policies: { value: AddPolicy; text: string }[] = [
  { value: 'owner', text: 'Only I' },
  { value: 'admins', text: 'I and the admins' },
  { value: 'members', text: 'Everybody in it' },
];

/** For the owner: who renames the group and adds people. */
export function AddPolicyChoice(props: { conversation: Conversation }) {
  const client = useClient();
  const { run } = createCommand((addPolicy: AddPolicy) => client.updateConversation({ conversationId: props.conversation.id, addPolicy }));
  return (
    <Select
      label="Who may rename it and add people?"
      value={props.conversation.addPolicy}
      options={policies}
      onChoose={(policy) => void run(policy)}
    />
  );
}
