import './brand.css';

/** A speech bubble that closes on a koru: the sign of KoreroMai. */
export function Mark(props: { size: number }) {
  return (
    <svg class="mark" width={props.size} height={props.size} viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="9.5" />
      <path
        class="mark-bubble"
        d="M16 7c5.3 0 9.5 3.5 9.5 8.200s-4.2 8.2-9.5 8.200c-1.1 0-2.2-.15-3.2-.43L8.9 25c-.5.24-1.05-.26-.86-.78l1.04-2.900C7.5 19.8 6.5 17.6 6.5 15.2 6.5 10.5 10.7 7 16 7z"
      />
      <path
        class="mark-koru"
        d="M11 15.600c0-2.7 2.2-4.6 4.9-4.600s4.7 1.9 4.7 4.200c0 2.1-1.6 3.6-3.6 3.6-1.7 0-2.9-1.1-2.9-2.6 0-1.2.9-2.1 2-2.1"
      />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span class="wordmark">
      <Mark size={28} />
      <span>KoreroMai</span>
    </span>
  );
}
