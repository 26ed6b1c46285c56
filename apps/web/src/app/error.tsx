'use client';
import { BrokenPage } from '../features/shell/broken-page';

export default function Broken() {
  return <BrokenPage />;
}
