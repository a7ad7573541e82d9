/** A script's side of `startWorker`: answers each thing it is asked, and ends with whoever asked. What goes wrong is told and ends it. */
export function answering<Asked, Answer>(answer: (asked: Asked) => Promise<Answer>): void {
  process.on('message', (asked: Asked) => {
    answer(asked).then(
      (answered) => process.send?.(answered),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}
