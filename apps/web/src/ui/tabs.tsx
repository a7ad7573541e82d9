import { Tabs as Primitive } from '@kobalte/core/tabs';
import { For, type ParentProps } from 'solid-js';
import './tabs.css';

interface TabsProps<Value extends string> {
  label: string;
  tabs: readonly { readonly value: Value; readonly text: string }[];
  value: Value;
  onChoose: (value: Value) => void;
}

/** A few views of one thing, one at a time; the children show the one chosen. */
export function Tabs<Value extends string>(props: ParentProps<TabsProps<Value>>) {
  return (
    <Primitive
      class="tabs"
      value={props.value}
      onChange={(value) => {
        const tab = props.tabs.find((each) => each.value === value);
        if (tab !== undefined) props.onChoose(tab.value);
      }}
    >
      <Primitive.List class="tabs-list" aria-label={props.label}>
        <For each={props.tabs}>
          {(tab) => (
            <Primitive.Trigger class="tab" value={tab.value}>
              {tab.text}
            </Primitive.Trigger>
          )}
        </For>
      </Primitive.List>
      <Primitive.Content class="tabs-content" value={props.value}>
        {props.children}
      </Primitive.Content>
    </Primitive>
  );
}
